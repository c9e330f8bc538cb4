global using System.CommandLine;
global using Cpom.TestKit;
global using Cpom.V1;
global using Grpc.Core;
global using Xunit;
