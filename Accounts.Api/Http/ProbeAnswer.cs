using System.Text.Json;
using Accounts.Api.Clients;
using Accounts.Core.Checkup;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Accounts.Api.Http;

/// <summary>How a request arrived, proxies and all.</summary>
/// <param name="Client">whose request it is taken for</param>
/// <param name="Forwarded">what proxies say whose it is; null where none does</param>
/// <param name="Host">by which name the server was asked</param>
public sealed record SeenRequest(string Client, string? Forwarded, string Host);

/// <summary>Answers probes, and tells who can show the secret key how the request arrived.</summary>
public static class ProbeAnswer
{
    public static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var probe = context.Request.Headers[Probe.Header];
        if (probe is [{ } text] && context.RequestServices.GetRequiredService<Probe>().IsOurs(text))
        {
            var headers = context.Request.Headers;
            var seen = new SeenRequest(ClientDevice.Ip(context).ToString(), headers.TryGetValue("X-Forwarded-For", out var forwarded) ? forwarded.ToString() : null, context.Request.Host.Value ?? "");
            context.Response.Headers[Probe.Answer] = JsonSerializer.Serialize(seen, HttpJson.Default.SeenRequest);
        }
        return WriteAsync(context, report.Status);
    }

    /// <summary>Of <c>/readyz</c>: for who asks, not yet is the same as no more.</summary>
    public static Task WriteReadinessAsync(HttpContext context, HealthReport report) =>
        WriteAsync(context, report.Status is HealthStatus.Healthy ? HealthStatus.Healthy : HealthStatus.Unhealthy);

    private static Task WriteAsync(HttpContext context, HealthStatus status)
    {
        context.Response.ContentType = "text/plain";
        return context.Response.WriteAsync(status.ToString(), context.RequestAborted);
    }
}
