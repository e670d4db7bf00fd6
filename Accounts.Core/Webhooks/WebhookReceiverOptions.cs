namespace Accounts.Core.Webhooks;

/// <summary>An app that is told what happens: section <c>Accounts:Webhooks:{name}</c>, as many as there are names.</summary>
public sealed class WebhookReceiverOptions
{
    /// <summary>Where it is told: https, of the open internet; in Development http on loopback, too.</summary>
    public string Url { get; set; } = "";

    /// <summary>What signs what it is told: <c>whsec_</c> and base64 of 24 to 64 random bytes; two, separated by a comma, while they change.</summary>
    public string Secret { get; set; } = "";

    /// <summary>What it is told, separated by commas: <c>user.verified</c>, <c>session.*</c>. All where empty.</summary>
    public string Events { get; set; } = "";
}
