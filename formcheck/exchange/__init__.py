"""What other software reads: tables, FHIR, OpenSim's marker files, poses as netCDF.

Everything is read from the store, and nothing in it is changed but the audit trail, which notes
that a person was exported. The libraries that write the formats are the extra ``exchange``.
"""
