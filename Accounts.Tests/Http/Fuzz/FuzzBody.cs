using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Writes members as a body of each type, whatever they are.</summary>
internal static class FuzzBody
{
    public const string Boundary = "fuzz";

    public static byte[] Write(string mediaType, IEnumerable<(FuzzText Name, FuzzText Value)> members) => mediaType switch
    {
        "application/json" => Json(members),
        "multipart/form-data" => Multipart(members),
        _ => UrlEncoded(members),
    };

    public static string ContentType(string mediaType) => mediaType == "multipart/form-data" ? $"{mediaType}; boundary={Boundary}" : mediaType;

    private static byte[] Json(IEnumerable<(FuzzText Name, FuzzText Value)> members) =>
        [(byte)'{', .. Joined(members.Select(member => Concat(member.Name.JsonString(), ":"u8, member.Value.JsonValue()))), (byte)'}'];

    private static byte[] UrlEncoded(IEnumerable<(FuzzText Name, FuzzText Value)> members) =>
        Joined(members.Select(member => Concat(member.Name.PercentEncoded(), "="u8, member.Value.PercentEncoded())), "&");

    private static byte[] Multipart(IEnumerable<(FuzzText Name, FuzzText Value)> members) =>
    [
        .. members.SelectMany(member => Concat(
            Concat(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\""), member.Name.Bytes, "\"\r\n\r\n"u8), member.Value.Bytes, "\r\n"u8)),
        .. Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"),
    ];

    private static byte[] Joined(IEnumerable<byte[]> parts, string separator = ",")
    {
        var joined = new MemoryStream();
        foreach (var part in parts)
        {
            joined.Write(joined.Length > 0 ? Encoding.ASCII.GetBytes(separator) : []);
            joined.Write(part);
        }
        return joined.ToArray();
    }

    private static byte[] Concat(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) => [.. first, .. second, .. third];
}
