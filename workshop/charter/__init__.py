"""The charter, the prioritised outcomes report and the data files: one document model, many writers."""
