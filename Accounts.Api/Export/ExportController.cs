using System.Text.Json.Nodes;
using Accounts.Api.Clients;
using Accounts.Api.Docs;
using Accounts.Api.Http;
using Accounts.Api.SignIn;
using Accounts.Core.Export;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Export;

[Route("api/auth/me/export"), ApiEndpoint, Authorize]
public sealed class ExportController(AccountExport export) : ControllerBase
{
    /// <summary>Get all that is stored about me</summary>
    /// <remarks>
    /// A JSON file, streamed: a list of rows for each table that holds something of the user, and `exported_at`. Secrets (hashes, sealed mails)
    /// are left out. The sign-in was at most 10 minutes ago.
    /// </remarks>
    [HttpGet, DemandsStepUp, EnableRateLimiting(Throttle.Others)]
    [Succeeds<ExportedAccount>, Fails(ErrorCode.ReauthenticationRequired)]
    public async Task Export(CancellationToken cancellation)
    {
        Response.ContentType = "application/json";
        Response.Headers.ContentDisposition = "attachment; filename=\"account.json\"";
        Response.Headers.CacheControl = "no-store";
        await export.WriteAsync(HttpContext.LiveSession(), Response.Body, cancellation);
    }
}

/// <summary>What the file holds: <c>exported_at</c>, and a list of rows for each table.</summary>
public sealed class ExportedAccount : Dictionary<string, JsonNode>, IAnswer<ExportedAccount>
{
    public static ExportedAccount Example { get; } = new()
    {
        ["exported_at"] = JsonValue.Create("2027-01-01T12:00:00Z"),
        ["users"] = new JsonArray(new JsonObject { ["username"] = "ann", ["email"] = "ann@example.test", ["roles"] = new JsonArray() }),
        ["sessions"] = new JsonArray(new JsonObject { ["created_at"] = "2026-12-31T08:15:00Z", ["ip"] = "192.0.2.7" }),
    };
}
