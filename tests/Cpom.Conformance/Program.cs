using Cpom.Conformance;

// The test runner loads this assembly; only the tests that kill a process start it as a program.
return args[0] == "restore" ? await RestoreChild.Run(args) : await CrashWriter.Run(args);
