using Cpom.Conformance;

// The test runner loads this assembly; only the crash tests start it as a program.
return await CrashWriter.Run(args);
