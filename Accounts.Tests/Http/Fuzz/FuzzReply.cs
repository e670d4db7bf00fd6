using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record FuzzReply(int Status, ILookup<string, string> Headers, byte[] Body)
{
    public bool Closes => Header("Connection") == "close";

    public string Text => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.Contains(name) ? string.Join(", ", Headers[name]) : null;

    public override string ToString() => $"{Status} {(Text.Length <= 300 ? Text : Text[..300])}";
}
