# Prints as JSON what each script below a folder consists of, by PowerShell's own parser.
param([string]$Folder)
$found = foreach ($file in (Get-ChildItem -Path $Folder -Recurse -Filter '*.ps1')) {
    $errors = $null
    $tokens = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$tokens, [ref]$errors)
    $commands = foreach ($command in $ast.FindAll({ param($n) $n -is [System.Management.Automation.Language.CommandAst] }, $true)) {
        $parameters = @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName })
        $first = $null
        $text = @($command.CommandElements | ForEach-Object { $_.Extent.Text }) -join ' '
        @{ name = [string]$command.GetCommandName(); parameters = $parameters; text = $text }
    }
    $members = @($ast.FindAll({ param($n) $n -is [System.Management.Automation.Language.InvokeMemberExpressionAst] }, $true) | ForEach-Object { $_.Member.Extent.Text })
    $nodes = @($ast.FindAll({ $true }, $true) | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique)
    $functions = @($ast.FindAll({ param($n) $n -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true) | ForEach-Object { $_.Name })
    $properties = @($ast.FindAll({ param($n) $n -is [System.Management.Automation.Language.MemberExpressionAst] -and $n -isnot [System.Management.Automation.Language.InvokeMemberExpressionAst] }, $true) | ForEach-Object { $_.Extent.Text })
    @{
        file = $file.FullName.Substring($Folder.Length + 1).Replace('\', '/')
        errors = @($errors | ForEach-Object { $_.Message })
        tokens = @($tokens | ForEach-Object { $_.Kind.ToString() } | Sort-Object -Unique)
        commands = @($commands)
        members = $members
        nodes = $nodes
        functions = $functions
        properties = $properties
    }
}
[Console]::Out.WriteLine((ConvertTo-Json -InputObject @($found) -Depth 8 -Compress))
