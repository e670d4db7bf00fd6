using Accounts.Api.Http;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Docs;

/// <summary>The errors that an action can answer with because of what it is, and therefore need not name.</summary>
public static class CommonErrors
{
    public static IEnumerable<FailsAttribute> Of(ApiDescription action)
    {
        var metadata = action.ActionDescriptor.EndpointMetadata;
        IEnumerable<FailsAttribute> errors =
        [
            new(ErrorCode.BadRequest), new(ErrorCode.NotAcceptable), new(ErrorCode.Error),
            .. IsApi(action) ? OfApi(action) : [],
            .. DemandsAccessToken(metadata) ? OfAccessToken : [],
            .. metadata.OfType<AdministratorsOnlyAttribute>().Any() ? OfAdministrators : [],
            .. metadata.OfType<EnableRateLimitingAttribute>().Any() ? OfLimit : [],
        ];
        return RequestType.Of(action) is not null ? errors.Concat(OfBody) : errors;
    }

    public static bool DemandsAccessToken(IList<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();

    private static readonly FailsAttribute[] OfAccessToken = [new(ErrorCode.NotAuthenticated, ErrorCode.TokenNotValid, ErrorCode.BadAuthorizationHeader, ErrorCode.PersonalTokenNotAccepted) { OfAccessToken = true }];

    private static readonly FailsAttribute[] OfAdministrators = [new(ErrorCode.PermissionDenied)];

    private static readonly FailsAttribute[] OfLimit = [new(ErrorCode.Throttled)];

    private static readonly FailsAttribute[] OfBody =
    [
        new(ErrorCode.ParseError) { HasFields = true },
        new(ErrorCode.PayloadTooLarge),
        new(ErrorCode.UnsupportedMediaType),
    ];

    private static IEnumerable<FailsAttribute> OfApi(ApiDescription action) => HttpMethods.IsGet(action.HttpMethod!)
        ? [new(ErrorCode.Unavailable)]
        : [new(ErrorCode.Unavailable), new(ErrorCode.CsrfFailed)];

    /// <summary>Front ends', and what services call beside it.</summary>
    public static bool IsApi(ApiDescription action) =>
        action.ActionDescriptor.EndpointMetadata.OfType<ApiEndpointAttribute>().Any() || action.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
}
