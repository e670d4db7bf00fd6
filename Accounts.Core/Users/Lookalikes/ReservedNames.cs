namespace Accounts.Core.Users.Lookalikes;

/// <summary>Names that speak for whoever runs the site, and what looks like one of them; they stand in reserved-names.lst.</summary>
internal static class ReservedNames
{
    private static readonly Lazy<HashSet<string>> Shapes = new(() => [.. UnicodeTable.Read("reserved-names.lst").SelectMany(line => line.Values).Select(NameShape.Text)]);

    public static bool Contains(string name) => Shapes.Value.Contains(NameShape.Text(name));
}
