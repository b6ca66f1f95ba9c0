"""The page of appraisal: points with their trace, paper ballots keyed twice, proposed and decided grades."""
