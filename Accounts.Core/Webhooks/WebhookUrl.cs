using System.Net;
using Accounts.Core.Outgoing;

namespace Accounts.Core.Webhooks;

/// <summary>
/// Where an app is told, as it is written. What cannot be is told at the start; a name can stand for anything, and is looked at when it is called
/// (<see cref="GuardedConnection"/>).
/// </summary>
public static class WebhookUrl
{
    private const string HowToWrite = "write where the app is told, such as https://app.example.com/webhooks.";

    /// <summary>Another reader of the same text would see another host, or somebody who looks at it would.</summary>
    private static readonly Func<char, bool> IsAmbiguous = letter => letter is <= ' ' or > '~' or '\\';

    /// <returns>what is wrong, to stand behind the setting's name; null for nothing</returns>
    public static string? Fault(string url, bool isDevelopment)
    {
        if (url.Any(IsAmbiguous))
        {
            return "has a blank, a backslash or a letter beyond ASCII: write an international name as xn--…, and the rest percent-encoded.";
        }
        if (url.Contains('#', StringComparison.Ordinal) || HasUser(url))
        {
            return "has a user, a password or a fragment: leave them out, for what is sent is signed.";
        }
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http") || uri.Port == 0
            || !url.StartsWith($"{uri.Scheme}://", StringComparison.OrdinalIgnoreCase))
        {
            return $"is \"{url}\": {HowToWrite}";
        }
        var isLoopback = isDevelopment && IsLoopback(uri.IdnHost);
        return isLoopback ? null
            : uri.Scheme == "http" ? $"is {url}: it must be https. http is for loopback, in Development."
            : IsWithin(uri.IdnHost) ? $"is {url}: it must be on the open internet, and not this machine or an address of a network of yours."
            : null;
    }

    /// <summary>This machine, by any of its names and addresses.</summary>
    public static bool IsLoopback(string host) => host is "localhost" || (Address(host) is { } address && IPAddress.IsLoopback(address));

    /// <summary>Before the path, behind the scheme.</summary>
    private static bool HasUser(string url) => url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('/').Split('/', '?')[0].Contains('@', StringComparison.Ordinal);

    private static bool IsWithin(string host)
    {
        var name = host.TrimEnd('.');
        return Address(name) is { } address ? !PublicAddress.Is(address)
            : name is "localhost" or "" || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || IsBrokenAddress(name);
    }

    private static IPAddress? Address(string host) => IPAddress.TryParse(host, out var address) ? address : null;

    /// <summary>No name ends in a number (WHATWG URL, 3.5): what does was meant for an address, and each reader makes another of it.</summary>
    private static bool IsBrokenAddress(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return name.Contains(':', StringComparison.Ordinal) || last.All(char.IsAsciiDigit)
            || (last.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && last[2..].All(char.IsAsciiHexDigit));
    }
}
