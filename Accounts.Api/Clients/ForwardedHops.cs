using System.Net;
using Microsoft.Extensions.Primitives;

namespace Accounts.Api.Clients;

/// <summary>The parts of an X-Forwarded-For. Each is read by itself: what stands left of a proxy's own may be anything.</summary>
internal static class ForwardedHops
{
    /// <summary>The last line's last one first. Empty ones are none.</summary>
    public static IEnumerable<string> FromTheRight(StringValues lines)
    {
        for (var i = lines.Count - 1; i >= 0; i--)
        {
            var left = lines[i] ?? "";
            while (left.Length > 0)
            {
                var comma = left.LastIndexOf(',');
                if (left[(comma + 1)..].Trim() is { Length: > 0 } hop)
                {
                    yield return hop;
                }
                left = comma < 0 ? "" : left[..comma];
            }
        }
    }

    /// <summary>As proxies write it: an address, also in quotes, with a port, in brackets, with a zone. Null where it is none.</summary>
    public static IPAddress? AddressOf(string hop)
    {
        var text = hop.AsSpan().Trim('"');
        if (text is ['[', ..])
        {
            var end = text.IndexOf(']');
            return end > 0 && IsPort(text[(end + 1)..]) ? IPv6(text[1..end]) : null;
        }
        var colon = text.IndexOf(':');
        if (colon >= 0 && colon != text.LastIndexOf(':'))
        {
            return IPv6(text);
        }
        return colon < 0 ? IPv4(text) : IsPort(text[colon..]) ? IPv4(text[..colon]) : null;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text is [] || (text is [':', _, ..] && text[1..].IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>In full: "1" would be an address, too.</summary>
    private static IPAddress? IPv4(ReadOnlySpan<char> text) =>
        text.Count('.') == 3 && text.IndexOfAnyExcept("0123456789.") < 0 && IPAddress.TryParse(text, out var address) ? address : null;

    /// <summary>The zone means something to its own machine alone.</summary>
    private static IPAddress? IPv6(ReadOnlySpan<char> text)
    {
        var zone = text.IndexOf('%');
        var number = zone < 0 ? text : text[..zone];
        return number.Contains(':') && IPAddress.TryParse(number, out var address) ? ClientDevice.Plain(address) : null;
    }
}
