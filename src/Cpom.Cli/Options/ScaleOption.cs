using Cpom.Sample;

namespace Cpom.Cli.Options;

/// <summary>How big the fictional region is.</summary>
internal sealed class ScaleOption : Option<string>
{
    public ScaleOption()
        : base("--scale")
    {
        Description = "Taille : mini (une douzaine d'entités), idf (celle de l'Île-de-France), france (98 000 entités, 1,4 Go de JSON par jour) ou pays (son centième, pour essayer).";
        DefaultValueFactory = _ => SampleScale.Idf.Name;
        this.AcceptOnlyFromAmong([.. SampleScale.All.Select(scale => scale.Name)]);
    }

    public SampleScale Of(ParseResult parsed) => SampleScale.All.Single(scale => scale.Name == parsed.GetRequiredValue(this));
}
