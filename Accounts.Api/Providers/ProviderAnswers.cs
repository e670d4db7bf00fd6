using System.Net;

namespace Accounts.Api.Providers;

/// <summary>
/// A provider that redirects, fails, or shows a page where it should speak JSON is taken for away. Whatever it calls its charset, JSON and JWTs are
/// UTF-8 (RFC 8259 section 8.1): .NET refuses to read <c>charset=utf8</c>, which some of them send.
/// </summary>
internal sealed class ProviderAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Marks a request for what browsers are shown: its answer comes as it is.</summary>
    public static readonly HttpRequestOptionsKey<bool> AsShown = new(nameof(AsShown));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (!IsUsable(response) && !request.Options.TryGetValue(AsShown, out _))
        {
            response.Dispose();
            throw ProviderHttp.Away();
        }
        if (response.Content.Headers.ContentType is { CharSet: not null } type)
        {
            type.CharSet = "utf-8";
        }
        return response;
    }

    private static bool IsUsable(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => false,
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => false,
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => response.Content.Headers.ContentType?.MediaType != "text/html",
        _ => true,
    };
}
