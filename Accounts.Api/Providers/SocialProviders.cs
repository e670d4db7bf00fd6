using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers;

/// <summary>A provider's name in our paths, and what speaks with it.</summary>
/// <param name="StandsIn">for one that nobody configures: which requests it is offered to while no other provider is on</param>
public sealed record ProviderRegistration(string Name, Type Handler, Func<HttpRequest, bool>? StandsIn = null);

/// <summary>The identity providers that people can sign in with here: those that are configured, else what stands in for them.</summary>
public sealed class SocialProviders(IEnumerable<ProviderRegistration> kinds, IOptionsMonitor<SocialProvider> options)
{
    /// <summary>Without those that have not said yet where people are to be sent: they are being asked, and nobody waits for them.</summary>
    public IEnumerable<SocialHandler> Offered(HttpContext context) => Kinds(context.Request).Select(kind => Create(context, kind)).Where(handler => handler.TryPrepare());

    public string[] OfferedNames(HttpRequest request) => [.. Kinds(request).Select(kind => kind.Name)];

    /// <summary>Those of which a script can bring a code to prove an account by: one that posts its answer gives it to our callback alone.</summary>
    public string[] ProofNames(HttpRequest request) => [.. Kinds(request).Select(kind => kind.Name).Where(name => !options.Get(name).FormPost)];

    /// <exception cref="RefusedException">there is none of that name, or it is off</exception>
    public SocialHandler Find(HttpContext context, string name) =>
        Kinds(context.Request).FirstOrDefault(kind => kind.Name == name) is { } kind
            ? Create(context, kind)
            : throw new RefusedException(ErrorCode.UnsupportedProvider);

    private IEnumerable<ProviderRegistration> Kinds(HttpRequest request)
    {
        var configured = kinds.Where(kind => kind.StandsIn is null && options.Get(kind.Name).IsOn).ToList();
        return configured.Count > 0 ? configured : kinds.Where(kind => kind.StandsIn?.Invoke(request) == true);
    }

    /// <summary>Without the framework's list of schemes, which would make every handler anew for every request.</summary>
    private static SocialHandler Create(HttpContext context, ProviderRegistration kind)
    {
        var handler = (SocialHandler)ActivatorUtilities.CreateInstance(context.RequestServices, kind.Handler);
        // It has nothing to wait for: the framework's own steps here are synchronous.
        handler.InitializeAsync(new AuthenticationScheme(kind.Name, null, kind.Handler), context).GetAwaiter().GetResult();
        return handler;
    }
}
