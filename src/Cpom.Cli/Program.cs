using Cpom.Cli;

// People read French, whatever the machine's own language; help headings come with System.CommandLine's French resources.
CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return await CommandLine.Run(CliEnvironment.OfProcess(), args);
