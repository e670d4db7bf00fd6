using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Core.Changes;
using Accounts.Core.Deletion;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>What the page of one's account must know of this server and no endpoint tells: <c>{{facts}}</c>, as JSON. Anybody may read it.</summary>
public sealed class PageFacts(Languages languages, IOptions<DeletionOptions> deletion, IOptions<SiteOptions> site)
{
    /// <summary>Its own name for itself stands in each language's file.</summary>
    private const string OwnName = "language";

    public string Json { get; } = new JsonObject
    {
        ["languages"] = new JsonArray([.. languages.All.Select(language => new JsonObject { ["tag"] = language.Tag, ["name"] = language[OwnName] })]),
        ["restoreDays"] = (int)Math.Max(deletion.Value.Delay.TotalDays, AccountChange.Window.TotalDays),
        ["passkeyHost"] = site.Value.Host,
    }.ToJsonString(JsonSerializerOptions.Web);
}
