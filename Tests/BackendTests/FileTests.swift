func fileTests(_ folder: String) {}
