using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Bodies that are broken as a whole: each beside the well-formed one that it was made from.</summary>
internal static class FuzzBrokenBodies
{
    private const int Accidents = 12;

    /// <summary>What is no strict JSON.</summary>
    public static IEnumerable<FuzzText> NotJson(FuzzOperation operation)
    {
        var member = operation.Members.Keys.First();
        var whole = Encoding.UTF8.GetString(WellFormed(operation, "application/json"));
        var open = whole[..^1];
        string[] broken =
        [
            $"{open},\"{member}\":\"a\",\"{member}\":\"b\"}}", $"{{\"{member}\":\"a\",\"{member.ToUpperInvariant()}\":\"b\"}}", $"{{\"{member}\":1,\"\\u{(int)member[0]:x4}{member[1..]}\":2}}",
            $"{{\"x\":{{\"a\":1,\"a\":2}}}}", $"{open},}}", $"{whole}{whole}", $"{whole} x", $"{whole}\0", $"{whole}/* x */", $"// x\n{whole}", $"\ufeff{whole}", whole.Replace('"', '\''), open, whole[..^2], " ",
            $"{{\"x\":\"\\x41\"}}", $"{{\"x\":01}}", $"{{\"x\":NaN}}", $"{{{member}:1}}", $"{{\"x\":\"a\0b\"}}", $"{{\"x\":\"a\nb\"}}", "{\"\\ud800\":1}", "{\"\\ud800\":1,\"\\ud800\":2}",
            new string('[', 10_000), new string('[', 17) + new string(']', 17), new string('[', 10_000) + new string(']', 10_000), string.Concat(Enumerable.Repeat("{\"a\":", 5000)),
        ];
        byte[][] noText = [[.. "{\"x\":\""u8, 0xFF, .. "\"}"u8], [.. "{\"x\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8], Encoding.Unicode.GetBytes(whole), Encoding.UTF32.GetBytes(whole)];
        return [.. broken.Select(FuzzText.Of), .. noText.Select(FuzzText.OfBytes)];
    }

    public static IEnumerable<FuzzText> Of(FuzzOperation operation, string mediaType, Random random)
    {
        var whole = WellFormed(operation, mediaType);
        return [.. Designed(operation, mediaType), .. Enumerable.Range(0, Accidents).Select(_ => Accident(whole, random))];
    }

    private static IEnumerable<FuzzText> Designed(FuzzOperation operation, string mediaType) => mediaType switch
    {
        "application/json" => [.. NotJson(operation), .. OddJson().Select(FuzzText.Of)],
        "multipart/form-data" => OddParts(operation.Members.Keys.First()).Select(FuzzText.Of),
        _ => OddPairs(operation.Members.Keys.First()).Select(FuzzText.Of),
    };

    private static IEnumerable<string> OddJson() =>
    [
        "", "[]", "null", "0", "\"a\"", "1e999", "{}", "{\"\":\"\"}", "{\"__proto__\":{\"roles\":[\"admin\"]},\"roles\":[\"admin\"],\"is_active\":false}",
        $"{{{string.Join(',', Enumerable.Range(0, 3000).Select(n => $"\"{n}\":0"))}}}", $"{{\"{new string('a', 30_000)}\":1}}", $"{{\"x\":{new string('1', 30_000)}}}", $"[{string.Join(',', Enumerable.Repeat("{}", 9000))}]",
    ];

    private static IEnumerable<string> OddPairs(string member) =>
    [
        "", "&", "&&&&", "=", "==", $"{member}", $"{member}=a&{member}=b", $"{member}[]=a", $"{member}=%", $"{member}=%zz", $"{member}=%u0041", $"{member}=a%00b", $"%00={member}", $"{member}=a;b=c", "\0", "{\"a\":1}",
        string.Concat(Enumerable.Repeat("a=b&", 5000)), new string('a', 5000) + "=b", $"{member}={new string('+', 20_000)}", string.Concat(Enumerable.Repeat("%", 20_000)),
    ];

    private static IEnumerable<string> OddParts(string member)
    {
        const string start = $"--{FuzzBody.Boundary}", end = $"\r\n--{FuzzBody.Boundary}--\r\n";
        string[] dispositions =
        [
            $"form-data; name=\"{member}\"; filename=\"a\"", $"form-data; name*=UTF-8''{member}", $"form-data; name*=UTF-16''%D8%00; filename*=x''%", $"form-data; name=\"{member}", "form-data", "attachment", "=;=;", "\0", "ÿ", ";",
            $"form-data; name=\"{new string('a', 9000)}\"", "form-data; name=\"=?utf-8?B?/w==?=\"", "form-data; name=\"\"",
        ];
        string[] others = ["Content-Type: text/plain; charset=utf-7", "Content-Type: text/plain; charset=x", "Content-Type: ;", "Content-Transfer-Encoding: base64", "x", ": y", string.Concat(Enumerable.Repeat("A: b\r\n", 500)) + "C: d"];
        return
        [
            "", start, $"{start}--", $"{start}\r\n", $"{start}\r\n\r\n", $"{start}\n\na{end}", "--other\r\n\r\na\r\n--other--", string.Concat(Enumerable.Repeat($"{start}\r\n\r\n\r\n", 1500)),
            string.Concat(Enumerable.Repeat($"{start}\r\nContent-Disposition: form-data; name=\"{member}\"\r\n\r\na\r\n", 300)),
            .. dispositions.Select(disposition => $"{start}\r\nContent-Disposition: {disposition}\r\n\r\na{end}"),
            .. others.Select(other => $"{start}\r\nContent-Disposition: form-data; name=\"{member}\"\r\n{other}\r\n\r\na{end}"),
        ];
    }

    private static byte[] WellFormed(FuzzOperation operation, string mediaType) => FuzzBody.Write(
        mediaType, operation.Members.Where(member => member.Value is not null).Select(member => (FuzzText.Of(member.Key), FuzzText.Of(member.Value!))));

    /// <summary>A byte is lost, doubled, changed or the rest is cut off.</summary>
    private static FuzzText Accident(byte[] whole, Random random)
    {
        var (at, kind) = (random.Next(whole.Length), random.Next(4));
        byte[] middle = kind switch { 0 => [], 1 => [whole[at], whole[at]], _ => [(byte)random.Next(256)] };
        return FuzzText.OfBytes([.. whole[..at], .. middle, .. kind == 3 ? [] : whole[(at + 1)..]]);
    }
}
