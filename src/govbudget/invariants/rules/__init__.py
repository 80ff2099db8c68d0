"""The rules of the library, one file for what belongs together; the catalogue lists them."""
