namespace Cpom.Runtime.Specs;

public sealed class EmbeddedRegionSpecs : RegionSuite
{
    internal override Monde NewMonde() => new();
}

public sealed class EmbeddedGroupeSpecs : GroupeSuite
{
    internal override Monde NewMonde() => new();
}
