using Accounts.Core.EmailCodes;
using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

internal sealed class PagesOptionsCheck(IWebHostEnvironment environment, IOptions<MailOptions> mail, IOptions<EmailCodesOptions> codes, IOptions<SiteOptions> site) : SettingsCheck<PagesOptions>
{
    protected override IEnumerable<string> Mistakes(PagesOptions options) => FolderMistakes(options.Folder).Concat(options.Enabled ? [] : LinkMistakes());

    private IEnumerable<string> FolderMistakes(string folder) =>
        folder.Length == 0 ? []
        : Directory.Exists(folder) ? Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Where(IsUnknownPage)
            .Select(name => $"Accounts__Pages__Folder: {name} is no page of ours. There are {string.Join(", ", environment.WebRootFileProvider.GetDirectoryContents("").Select(file => file.Name).Where(IsPage))}.")
        : [$"Accounts__Pages__Folder is \"{folder}\", which does not exist: make the folder, or leave the setting out."];

    private bool IsUnknownPage(string name) => IsPage(name) && !environment.WebRootFileProvider.GetFileInfo(name).Exists;

    private static bool IsPage(string name) => name.EndsWith(".html", StringComparison.Ordinal);

    /// <summary>What mails lead to by themselves is not there.</summary>
    private IEnumerable<string> LinkMistakes()
    {
        var missing = OwnLinks(mail.Value).Where(link => link.Url.Length == 0).Select(link => $"Accounts__Mail__{link.Name}").ToArray();
        if (missing.Length > 0)
        {
            yield return $"Accounts__Pages__Enabled is false, and links in mails would lead to pages of ours: set {string.Join(", ", missing)}.";
        }
    }

    private IEnumerable<(string Name, string Url)> OwnLinks(MailOptions links) =>
    [
        .. site.Value.FrontendUrl.Length > 0 ? Array.Empty<(string, string)>() : [("VerifyUrl", links.VerifyUrl), ("ResetUrl", links.ResetUrl)],
        ("ForgotUrl", links.ForgotUrl), ("ChangeUrl", links.ChangeUrl), ("InviteUrl", links.InviteUrl), ("SecurityUrl", links.SecurityUrl), ("RecoverUrl", links.RecoverUrl),
        ("EndSessionUrl", links.EndSessionUrl), ("EraseUrl", links.EraseUrl), ("AddressUrl", links.AddressUrl),
        .. codes.Value.Enabled ? [("CodeUrl", links.CodeUrl)] : Array.Empty<(string, string)>(),
    ];
}
