using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>Called by programs' OAuth libraries: each failure says <c>error</c> as RFC 6749 section 5.2 does besides, and no parameter is there twice.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OAuthEndpointAttribute : Attribute
{
    public static bool IsAt(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<OAuthEndpointAttribute>() is not null;
}

/// <summary>What a failure is called there.</summary>
public static class OAuthErrors
{
    private static readonly ErrorCode[] Own = [ErrorCode.InvalidClient, ErrorCode.InvalidRequest, ErrorCode.UnsupportedGrantType, ErrorCode.InvalidScope];

    public static string WordOf(ErrorCode code) => code switch
    {
        _ when Own.Contains(code) => ErrorBodies.Word(code),
        ErrorCode.Throttled or ErrorCode.Unavailable => "temporarily_unavailable",
        ErrorCode.Error => "server_error",
        _ => ErrorBodies.Word(ErrorCode.InvalidRequest),
    };

    /// <summary>Of the characters that the RFC allows.</summary>
    public static string Description(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' and not '"' and not '\\' ? c : '\''));
}
