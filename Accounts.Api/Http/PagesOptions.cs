namespace Accounts.Api.Http;

/// <summary>Our own pages: section <c>Accounts:Pages</c>.</summary>
public sealed class PagesOptions
{
    /// <summary>
    /// Whether there are any. Without them the front end has all of its own, and <c>Accounts__Mail__{ForgotUrl, ChangeUrl, InviteUrl,
    /// SecurityUrl, RecoverUrl, EndSessionUrl, EraseUrl, AddressUrl, CodeUrl}</c> have to say where. Two that a sign-in by a provider
    /// may come upon stay.
    /// </summary>
    public bool Enabled { get; set; } = true;

    /// <summary>A folder whose files take the place of ours of the same names (<c>accounts.css</c>, <c>sign-in.html</c>), and whose other style sheets, scripts and pictures are served beside them. Only ours where empty.</summary>
    public string Folder { get; set; } = "";
}
