using Accounts.Api.Origins;
using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>Where a browser may be sent after a sign-in elsewhere. Compared as text with the configuration, before anything parses it leniently.</summary>
public sealed class ReturnUrls(
    AllowedOrigins origins, IOptions<SiteOptions> site, IOptions<SocialOptions> options, IHostEnvironment environment)
{
    private readonly string frontendOrigin = new Uri(site.Value.Frontend).GetLeftPart(UriPartial.Authority);

    /// <summary>Where scripts of our own drive the flow: they prove an account by another provider, and connect one.</summary>
    private readonly string[] ownPages = [$"{site.Value.Origin}/sign-in", $"{site.Value.Origin}/account"];

    /// <summary>Pages to which a provider may send the browser back where a script drives the flow; the first serves where a request names none.</summary>
    public string[] RedirectUris { get; } = SettingsSetup.Parts(options.Value.RedirectUri) is { Length: > 0 } listed ? listed : [$"{site.Value.Frontend}/"];

    /// <summary>Our own address for the flow that we drive: one a provider, so that no answer of one is taken for another's.</summary>
    public string Callback(string provider) => $"{site.Value.Origin}/api/auth/social/{provider}/callback/";

    /// <summary>Where the browser goes in the end: an address of PublicUrl, FrontendUrl or a listed origin. The front end where none is named.</summary>
    /// <exception cref="InvalidInputException">it is none of these</exception>
    public string Next(IReadOnlyList<string?> named) => named switch
    {
        [] => $"{site.Value.Frontend}/",
        [{ } url] when OriginOf(url) is { } origin && (origin == frontendOrigin || origins.Contains(origin)) => url,
        _ => throw Refused("next", "This address is not on the list of PublicUrl, FrontendUrl and AllowedOrigins."),
    };

    /// <summary>The page that the provider sends the browser back to, in the flow that a script drives. The first of the list where none is named.</summary>
    public string? RedirectUri(string named) => named switch
    {
        "" => RedirectUris[0],
        _ when RedirectUris.Contains(named) || ownPages.Contains(named) || IsDevelopments(named) => named,
        _ => null,
    };

    /// <summary>In Development a front end may be at any port, as for calls.</summary>
    private bool IsDevelopments(string url) => environment.IsDevelopment() && OriginOf(url) is { } origin && origins.Contains(origin);

    /// <summary>Null unless the text begins with its own origin, as browsers write it, and nothing in it could be read in two ways.</summary>
    private static string? OriginOf(string url)
    {
        if (url.Length > SocialState.LongestUrl || !url.All(c => c is > ' ' and < '\u007f' and not ('\\' or '"' or '<' or '>'))
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            return null;
        }
        var origin = uri.GetLeftPart(UriPartial.Authority);
        var rest = url.StartsWith(origin, StringComparison.Ordinal) ? url[origin.Length..] : null;
        return rest is { Length: 0 } || rest?[0] is '/' or '?' or '#' ? origin : null;
    }

    public static InvalidInputException Refused(string field, Sentence message)
    {
        var errors = new FieldErrors();
        errors.Add(field, message);
        return new InvalidInputException(errors);
    }

    /// <summary>With an error's code in the query, before the fragment.</summary>
    public static string WithError(string url, string code)
    {
        var parts = url.Split('#', 2);
        var query = $"{parts[0]}{(parts[0].Contains('?', StringComparison.Ordinal) ? '&' : '?')}error={code}";
        return parts.Length == 2 ? $"{query}#{parts[1]}" : query;
    }
}
