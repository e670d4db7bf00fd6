namespace Accounts.Api.Providers;

/// <summary>Settings of a provider whose endpoints its own document tells: the operator has named its host.</summary>
internal interface IIssuerSettings
{
    /// <summary>An address on that host.</summary>
    string IssuerAddress { get; }
}
