using Cpom.Sample;

namespace Cpom.Cli.Options;

/// <summary>How big the fictional region is.</summary>
internal sealed class ScaleOption : Option<string>
{
    public ScaleOption()
        : base("--scale")
    {
        Description = "Taille de la région : mini (une douzaine d'entités) ou idf (celle de l'Île-de-France).";
        DefaultValueFactory = _ => SampleScale.Idf.Name;
        this.AcceptOnlyFromAmong([.. SampleScale.All.Select(scale => scale.Name)]);
    }

    public SampleScale Of(ParseResult parsed) => SampleScale.All.Single(scale => scale.Name == parsed.GetRequiredValue(this));
}
