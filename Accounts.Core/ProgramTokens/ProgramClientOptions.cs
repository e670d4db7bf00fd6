namespace Accounts.Core.ProgramTokens;

/// <summary>A program that has tokens of its own, and no user: section <c>Accounts:Clients:{name}</c>, as many as there are names.</summary>
public sealed class ProgramClientOptions
{
    /// <summary>At least 32 random characters; two, separated by a comma, while they change.</summary>
    public string Secret { get; set; } = "";

    /// <summary>What its tokens may have, separated by commas; never <c>admin</c>.</summary>
    public string Roles { get; set; } = "";
}
