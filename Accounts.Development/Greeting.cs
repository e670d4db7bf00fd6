using System.Net;

namespace Accounts.Development;

/// <summary>Where everything is, for who has just started it.</summary>
public static class Greeting
{
    /// <param name="urls">that it listens at, whatever PublicUrl says</param>
    /// <param name="hasMailbox">whether mail is kept for a page</param>
    /// <param name="folder">where the data lies</param>
    public static string Text(IEnumerable<string> urls, bool hasMailbox, string? folder)
    {
        string[] addresses = [.. urls.Select(Reachable).Distinct()];
        var mail = hasMailbox ? $"Mail is read at        {addresses[0]}/dev/mailbox" : "Mail leaves by         Accounts__Mail__SmtpUrl";
        return $"""

            Accounts is running    {string.Join(", ", addresses)}
            Try it in the demo at  {addresses[0]}/dev/app
            {mail}
            The data lies in       {folder}
            Ctrl+C ends it, and its PostgreSQL with it.

            """;
    }

    /// <summary>A browser here goes to localhost where it listens everywhere.</summary>
    private static string Reachable(string url)
    {
        var address = BindingAddress.Parse(url);
        return IsEverywhere(address.Host) ? $"{address.Scheme}://localhost:{address.Port}" : url.TrimEnd('/');
    }

    private static bool IsEverywhere(string host) => host is "*" or "+"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
}
