using System.Text;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>A plan written for a visitor: exactly the bytes that are sent.</summary>
internal sealed class FuzzRequest
{
    /// <summary>Kestrel takes request lines up to 16 KiB and heads up to 32 KiB.</summary>
    private const int LongestHead = 15_000;

    private readonly MemoryStream head = new();

    public FuzzRequest(FuzzPlan plan, FuzzVisitor visitor)
    {
        Plan = plan;
        Body = plan.Operation.Members.Count > 0 ? WriteBody(visitor) : [];
        WriteLine(Method(), Target(), "HTTP/1.1"u8.ToArray());
        foreach (var (name, value) in Headers(visitor))
        {
            WriteHeader(name, value);
        }
        head.Write("\r\n"u8);
    }

    public FuzzPlan Plan { get; }

    public byte[] Head => head.ToArray();

    public byte[] Body { get; }

    public bool IsHead => Encoding.Latin1.GetString(Method()) == "HEAD";

    /// <summary>So long that the server may close before all of it is sent.</summary>
    public bool IsTooLong => head.Length > LongestHead;

    /// <summary>Whether it may be so far from HTTP that no route, and nothing of ours, ever sees it.</summary>
    public bool MayBeUnreadable { get; private set; }

    private byte[] Method()
    {
        MayBeUnreadable |= Plan.Find(FuzzPlace.Method) is not null;
        return Plan.Find(FuzzPlace.Method)?.Bytes ?? Encoding.ASCII.GetBytes(Plan.Operation.Method);
    }

    private byte[] Target()
    {
        var target = new MemoryStream();
        foreach (var (segment, index) in Plan.Operation.Segments.Select((segment, index) => (segment, index)))
        {
            target.WriteByte((byte)'/');
            target.Write(Spelled(FuzzPlace.Segment, $"{index}") ?? Encoding.ASCII.GetBytes(segment));
        }
        target.Write("/"u8);
        foreach (var mutation in Plan.Mutations.Where(mutation => mutation.Place is FuzzPlace.Query or FuzzPlace.QueryName))
        {
            target.Write([(byte)'?', .. Encoding.ASCII.GetBytes(mutation.Name), (byte)'=', .. Spelled(mutation.Place, mutation.Name)!]);
        }
        return target.ToArray();
    }

    private byte[]? Spelled(FuzzPlace place, string name)
    {
        if (Array.Find(Plan.Mutations, mutation => mutation.Place == place && mutation.Name == name) is not { } mutation)
        {
            return null;
        }
        // Of a path Kestrel refuses what decodes to NUL, and what is no request line.
        MayBeUnreadable |= mutation.Raw || (place == FuzzPlace.Segment && mutation.Text.Bytes.Contains((byte)0));
        return mutation.Raw ? mutation.Text.Bytes : mutation.Text.PercentEncoded();
    }

    private IEnumerable<(string Name, byte[] Value)> Headers(FuzzVisitor visitor)
    {
        var headers = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["Host"] = "localhost"u8.ToArray(),
            ["Accept"] = "application/json"u8.ToArray(),
            ["User-Agent"] = "Fuzz/1.0"u8.ToArray(),
            ["Authorization"] = Encoding.ASCII.GetBytes(visitor.Credentials(Plan.Operation)),
            ["Cookie"] = Cookies(visitor),
        };
        if (Body.Length > 0)
        {
            headers["Content-Type"] = Encoding.ASCII.GetBytes(FuzzBody.ContentType(Plan.MediaType));
        }
        foreach (var mutation in Plan.Mutations.Where(mutation => mutation.Place == FuzzPlace.Header))
        {
            headers[mutation.Name] = mutation.Text.Bytes;
            MayBeUnreadable |= mutation.Name == "Host";
        }
        headers["Content-Length"] = Encoding.ASCII.GetBytes($"{Body.Length}");
        return headers.Select(header => (header.Key, header.Value));
    }

    private byte[] Cookies(FuzzVisitor visitor)
    {
        var cookies = visitor.Cookies.ToDictionary(cookie => cookie.Name, cookie => Encoding.ASCII.GetBytes(cookie.Value));
        foreach (var mutation in Plan.Mutations.Where(mutation => mutation.Place == FuzzPlace.Cookie))
        {
            cookies[mutation.Name] = mutation.Text.Bytes;
        }
        return [.. cookies.SelectMany(cookie => (byte[])[.. Encoding.ASCII.GetBytes($"{cookie.Key}="), .. cookie.Value, .. "; "u8])];
    }

    private byte[] WriteBody(FuzzVisitor visitor)
    {
        if (Plan.Find(FuzzPlace.Body) is { } body)
        {
            return body.Bytes;
        }
        var members = visitor.Members(Plan.Operation).ToDictionary(member => member.Name, member => FuzzText.Of(member.Value));
        foreach (var mutation in Plan.Mutations.Where(mutation => mutation.Place == FuzzPlace.Member))
        {
            members[mutation.Name] = mutation.Text;
        }
        var pairs = members.Select(member => (FuzzText.Of(member.Key), member.Value));
        return FuzzBody.Write(Plan.MediaType, Plan.Find(FuzzPlace.MemberName) is { } name ? pairs.Append((name, FuzzText.Of("a"))) : pairs);
    }

    private void WriteLine(params byte[][] words)
    {
        foreach (var (word, index) in words.Select((word, index) => (word, index)))
        {
            Write(index > 0 ? " "u8 : ""u8);
            Write(word);
        }
        head.Write("\r\n"u8);
    }

    private void WriteHeader(string name, byte[] value)
    {
        Write([.. Encoding.ASCII.GetBytes($"{name}: "), .. value]);
        head.Write("\r\n"u8);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        head.Write(bytes);
        MayBeUnreadable |= bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E) || head.Length > LongestHead;
    }
}
