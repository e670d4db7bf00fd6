using System.Text.Json;
using Accounts.Tests.Support;

namespace Accounts.Tests.Sessions;

/// <summary>The steps of looking at sessions and ending them.</summary>
internal static class SessionSteps
{
    /// <summary>Of the session whose cookie the client has.</summary>
    public static Guid Id(this ApiClient client) => TokenText.SessionOf(client.RefreshCookie!);

    public static Guid Id(this JsonElement session) => session.GetProperty("id").GetGuid();

    public static Task<Answer> EndSessionAsync(this ApiClient client, Guid id) =>
        client.SendAsync(HttpMethod.Delete, $"/api/auth/sessions/{id}/", null);

    public static Task<Answer> LogoutAllAsync(this ApiClient client, bool keepCurrent) => client.PostAsync("/api/auth/logout/all/", new { keep_current = keepCurrent });
}
