using System.Net;
using Accounts.Api.Tokens;
using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Api.ProgramTokens;

/// <summary>Lets the clients of the settings alone go on, before their request is read; where there is none there is nothing to find.</summary>
public sealed class ProgramClientRule(ProgramClients clients) : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!clients.Any)
        {
            context.Result = new NotFoundResult();
            return;
        }
        if (BasicCredentials.Read(context.HttpContext.Request) is not { } credentials || Authenticate(credentials) is not { } client)
        {
            context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"token\"";
            throw new AuthenticationFailedException(ErrorCode.InvalidClient);
        }
        context.HttpContext.Features.Set(client);
    }

    /// <summary>Id and secret stand there form-encoded (RFC 6749 section 2.3.1), and of who has not read that as they are.</summary>
    private ProgramClient? Authenticate(BasicCredentials credentials)
    {
        var plain = clients.Authenticate(credentials.Id, credentials.Secret);
        var decoded = clients.Authenticate(WebUtility.UrlDecode(credentials.Id), WebUtility.UrlDecode(credentials.Secret));
        return decoded ?? plain;
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
