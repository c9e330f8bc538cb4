global using System.CommandLine;
global using System.Globalization;
global using Cpom.V1;
global using Grpc.Core;
