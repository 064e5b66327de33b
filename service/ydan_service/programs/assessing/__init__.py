"""Parts of a list of opinions assessed beside the server's own work: on all cores, without forking a served process."""
