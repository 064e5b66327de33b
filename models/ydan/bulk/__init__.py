"""Many opinions: rows that stream through all cores of one machine, or through a cluster, none lost, none twice."""
