"""Leave: the list of slips, and the official form as a sheet that is typed on."""
