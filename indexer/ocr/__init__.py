"""Reading scans: a page as a picture, straightened and read by tesseract. `indexer` gives its public names."""
