using System.Net;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>The blocks of a mail as HTML. Its styles stand in it, for many mail programs know no other; the classes are for the dark ones of <c>layout.html</c>.</summary>
internal static class MailHtml
{
    private const string Muted = "color: #5a635f; font-size: 14px;", Box = "border-radius: 10px; background-color: {{tint}};";

    /// <summary>What somebody has chosen, or sent: in its own direction.</summary>
    private static readonly HashSet<string> Foreign = ["username", "device", "passkey", "new_email"];

    public static string Of(Language language, List<MailBlock> blocks)
    {
        var html = new List<string>();
        for (var i = 0; i < blocks.Count; i++)
        {
            html.AddRange((Before: i > 0 ? blocks[i - 1].Kind : default, blocks[i].Kind) switch
            {
                (not BlockKind.Fact, BlockKind.Fact) => [$"<div class=\"box\" style=\"margin: 0 0 20px; padding: 14px 16px; {Box} font-size: 15px;\">", Of(blocks[i])],
                (BlockKind.Fact, not BlockKind.Fact) => ["</div>", Of(blocks[i])],
                _ => [Of(blocks[i])],
            });
        }
        if (blocks[^1].Kind == BlockKind.Fact)
        {
            html.Add("</div>");
        }
        // Where a button does nothing, as in a mail program that opens no links.
        html.AddRange(blocks.Where(block => block.Kind == BlockKind.Button).Select(button => Copied(language, button)));
        return string.Join('\n', html);
    }

    private static string Of(MailBlock block) => block.Kind switch
    {
        BlockKind.Heading => $"<h1 style=\"margin: 0 0 16px; font-size: 22px; line-height: 1.3; font-weight: 600;\">{Inline(block.Words)}</h1>",
        BlockKind.Button => $"<p style=\"margin: 0 0 24px;\"><a class=\"button\" href=\"{MailText.Marked(block.Value)}\" style=\"display: inline-block; padding: 13px 24px; border-radius: 10px; background-color: {{{{accent}}}}; color: #ffffff; font-weight: 600; text-decoration: none;\">{Inline(block.Words)}</a></p>",
        BlockKind.Link => $"<p style=\"margin: 0 0 16px;\">{Link(block.Value, Inline(block.Words), "font-weight: 600;")}</p>",
        BlockKind.Code => $"{(block.Words.Length > 0 ? $"<p style=\"margin: 0 0 8px;\">{Inline(block.Words)}</p>" : "")}<p class=\"box\" dir=\"ltr\" style=\"margin: 0 0 24px; padding: 12px 16px; {Box} font-family: ui-monospace, Consolas, Menlo, monospace; font-size: 26px; line-height: 1.3; letter-spacing: 6px; text-align: center;\">{Inline(block.Value)}</p>",
        BlockKind.Fact => $"<div><strong>{Inline(block.Words)}</strong> {Inline(block.Value)}</div>",
        BlockKind.Small => $"<p class=\"muted\" style=\"margin: 0 0 16px; {Muted}\">{Inline(block.Words)}</p>",
        _ => $"<p style=\"margin: 0 0 16px;\">{Inline(block.Words)}</p>",
    };

    private static string Copied(Language language, MailBlock button) =>
        $"<p class=\"muted\" style=\"margin: 0 0 16px; {Muted}\">{Inline(language["mails.common.copy"])}<br>{Link(button.Value, MailText.Marked(button.Value), "word-break: break-all;")}</p>";

    private static string Link(string address, string words, string style) =>
        $"<a class=\"link\" href=\"{MailText.Marked(address)}\" style=\"color: {{{{accent}}}}; {style}\">{words}</a>";

    private static string Inline(string words) => MailText.Place().Replace(
        MailText.Strong().Replace(WebUtility.HtmlEncode(words), "<strong>$1</strong>"),
        place => Foreign.Contains(place.Groups[1].Value) ? $"<bdi>{MailText.Marked(place.Value)}</bdi>" : MailText.Marked(place.Value));
}
