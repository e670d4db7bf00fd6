using System.Net.Http.Json;
using Accounts.Tests.Support;

namespace Accounts.Tests.Profile;

/// <summary>The steps of changing what one is called.</summary>
internal static class ProfileSteps
{
    public static Task<Answer> PatchMeAsync(this ApiClient client, object body) => client.SendAsync(HttpMethod.Patch, "/api/auth/me/", JsonContent.Create(body));

    public static Task<Answer> PutMeAsync(this ApiClient client, object body) => client.SendAsync(HttpMethod.Put, "/api/auth/me/", JsonContent.Create(body));
}
