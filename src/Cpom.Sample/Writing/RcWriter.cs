using System.Text;
using System.Xml;

namespace Cpom.Sample.Writing;

/// <summary>
/// The restricted RC file (cs1600102, formats.md section 3): a flat list of activitesoumiseareco, each followed by its
/// avenants, which name it by noautor. The XSD lets both kinds come in any order.
/// </summary>
internal static class RcWriter
{
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    public static void Write(Stream target, RegionModel region, DateOnly date, int day)
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = "    ", NewLineChars = "\n", CloseOutput = false };
        using var xml = XmlWriter.Create(target, settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("fluxfiness");
        xml.WriteAttributeString("xmlns", "xsi", null, Xsi);
        xml.WriteStartElement("horodatage");
        xml.WriteElementString("emetteur", "finess");
        xml.WriteElementString("destinataire", "arsidf");
        xml.WriteElementString("versionmessage", "1");
        xml.WriteElementString("fluxnum", Text.Number(9000 + day));
        xml.WriteElementString("datemaj", Text.Iso(date));
        xml.WriteEndElement();
        var live = LiveContrats(region, date);
        foreach (var (entite, site) in Sites(region))
        {
            foreach (var rc in site.Rcs)
            {
                WriteRc(xml, entite, site, rc, live.GetValueOrDefault(site.Finess), site.Finess, withoutActivite: false);
                WriteAvenants(xml, rc);
            }
        }

        foreach (var bad in region.BadRows)
        {
            WriteRc(xml, bad.Entite, bad.Site, bad.Rc, null, bad.FinessEt ?? bad.Site.Finess, bad.WithoutActivite);
        }

        xml.WriteEndElement();
        xml.WriteEndDocument();
    }

    private static IEnumerable<(EntiteModel Entite, SiteModel Site)> Sites(RegionModel region) =>
        region.Entites.SelectMany(e => e.Sites.Select(s => (e, s))).Concat(region.NotYetKnown);

    // Looked up only, never walked, so the order of a dictionary does not matter.
    private static Dictionary<string, ContratModel> LiveContrats(RegionModel region, DateOnly date)
    {
        var live = new Dictionary<string, ContratModel>(StringComparer.Ordinal);
        foreach (var contrat in region.Contrats.Where(c => c.Effet <= date && date <= c.Fin))
        {
            foreach (var site in contrat.Sites)
            {
                live[site.Finess] = contrat;
            }
        }

        return live;
    }

    private static void WriteRc(XmlWriter xml, EntiteModel entite, SiteModel site, RcModel rc, ContratModel? contrat, string finessEt, bool withoutActivite)
    {
        xml.WriteStartElement("activitesoumiseareco");
        xml.WriteElementString("noautor", Text.Number(rc.Numero));
        Optional(xml, "idcpom", contrat?.Numero);
        xml.WriteElementString("nofinessej", entite.Finess);
        xml.WriteElementString("rsej", entite.Nom);
        xml.WriteElementString("nofinesset", finessEt);
        xml.WriteElementString("rset", site.Nom);
        Optional(xml, "dateeffetcpom", contrat is null ? null : Text.Iso(contrat.Effet));
        Optional(xml, "datefincpom", contrat is null ? null : Text.Iso(contrat.Fin));
        xml.WriteElementString("codeautorarhgos", rc.Arhgos);
        xml.WriteElementString("indicateurregional", rc.Kind.Regional ? "O" : "N");
        Optional(xml, "activite", withoutActivite ? null : rc.Kind.Activite);
        xml.WriteElementString("libactivite", rc.Kind.LibActivite);
        xml.WriteElementString("modalite", rc.Kind.Modalite);
        xml.WriteElementString("libmodalite", rc.Kind.LibModalite);
        xml.WriteElementString("forme", rc.Kind.Forme);
        xml.WriteElementString("libforme", rc.Kind.LibForme);
        xml.WriteElementString("dateeffetasr", Text.Iso(rc.Effet));
        Optional(xml, "capaciteautorisee", rc.Capacite is { } capacite ? Text.Number(capacite) : null);
        xml.WriteElementString("regionautorisation", Territoires.Region(site.Finess));
        xml.WriteElementString("etatautorisation", rc.Withdrawn ? "26" : "23");
        xml.WriteElementString("libetatautorisation", rc.Withdrawn ? "Suppression" : "Initiale");
        xml.WriteElementString("datemaj", Text.Iso(rc.Updated));
        xml.WriteEndElement();
    }

    private static void WriteAvenants(XmlWriter xml, RcModel rc)
    {
        foreach (var avenant in rc.Avenants)
        {
            xml.WriteStartElement("avenant");
            xml.WriteElementString("noautor", Text.Number(rc.Numero));
            xml.WriteElementString("numordre", Text.Number(avenant.Ordre));
            xml.WriteElementString("typeavenant", "1");
            xml.WriteElementString("libavenant", "Modification de capacité");
            xml.WriteElementString("numavenant", Text.Invariant($"{rc.Arhgos}-A{avenant.Ordre}"));
            xml.WriteElementString("dateavenant", Text.Iso(avenant.Date));
            xml.WriteElementString("anccapacite", Text.Number(avenant.Ancienne));
            xml.WriteElementString("capacite", Text.Number(avenant.Nouvelle));
            xml.WriteEndElement();
        }
    }

    private static void Optional(XmlWriter xml, string name, string? value)
    {
        xml.WriteStartElement(name);
        if (value is null)
        {
            xml.WriteAttributeString("xsi", "nil", Xsi, "true");
        }
        else
        {
            xml.WriteString(value);
        }

        xml.WriteEndElement();
    }
}
