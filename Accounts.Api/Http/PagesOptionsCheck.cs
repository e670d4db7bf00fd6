using Accounts.Core.Settings;

namespace Accounts.Api.Http;

internal sealed class PagesOptionsCheck(IWebHostEnvironment environment) : SettingsCheck<PagesOptions>
{
    protected override IEnumerable<string> Mistakes(PagesOptions options)
    {
        if (options.Folder.Length == 0)
        {
            return [];
        }
        return Directory.Exists(options.Folder)
            ? Directory.GetFiles(options.Folder).Select(path => Path.GetFileName(path)).Where(name => name.EndsWith(".html", StringComparison.Ordinal) && !environment.WebRootFileProvider.GetFileInfo(name).Exists)
                .Select(name => $"Accounts__Pages__Folder: {name} is no page of ours. There are {string.Join(", ", environment.WebRootFileProvider.GetDirectoryContents("").Select(file => file.Name).Where(file => file.EndsWith(".html", StringComparison.Ordinal)))}.")
            : [$"Accounts__Pages__Folder is \"{options.Folder}\", which does not exist: make the folder, or leave the setting out."];
    }
}
