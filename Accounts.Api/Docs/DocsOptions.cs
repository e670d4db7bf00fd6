namespace Accounts.Api.Docs;

/// <summary>What the server shows of its own API: section <c>Accounts:Docs</c>.</summary>
public sealed class DocsOptions
{
    /// <summary>Serves <c>/docs</c> and <c>/openapi/v1.json</c>, and leads <c>/</c> to the former where there are no pages. They tell nothing secret; off, they are 404.</summary>
    public bool Enabled { get; set; } = true;
}
