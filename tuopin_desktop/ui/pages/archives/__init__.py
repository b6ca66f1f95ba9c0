"""The page of the archives: a tab for each subject, none of which knows another."""
