// Loaded into the server: when the process that started it is gone, however it went, the server goes as well.
process.once('disconnect', () => process.exit(0));
