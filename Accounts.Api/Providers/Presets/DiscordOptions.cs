namespace Accounts.Api.Providers.Presets;

/// <summary>Discord: section <c>Accounts:Social:Discord</c>. Off without a client id.</summary>
public sealed class DiscordOptions : EndpointSettings
{
    public override string AuthorizationUrl { get; set; } = "https://discord.com/oauth2/authorize";

    public override string TokenUrl { get; set; } = "https://discord.com/api/oauth2/token";

    public override string UserInfoUrl { get; set; } = "https://discord.com/api/users/@me";
}
