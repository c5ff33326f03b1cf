"""What a formcheck is made of: a software bill of materials (CycloneDX)."""

from formcheck.exchange.materials.bill import bill_of_materials, write_bill

__all__ = ["bill_of_materials", "write_bill"]
