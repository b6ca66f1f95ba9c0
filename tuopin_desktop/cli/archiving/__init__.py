"""`archive`: the steps of filing, each subject in a file of its own."""
