# Prints as JSON what each script below a folder consists of, by PowerShell's own parser.
param([string]$Folder)

function Find-Nodes {
    param($Ast, [string]$Kind)
    $type = 'System.Management.Automation.Language.' + $Kind -as [type]
    return , @($Ast.FindAll({ param($n) $n -is $type }.GetNewClosure(), $true))
}

function Get-CimClass {
    param($Ast)
    foreach ($command in (Find-Nodes -Ast $Ast -Kind 'CommandAst')) {
        if ($command.GetCommandName() -eq 'Get-CimInstance' -and $command.Extent.Text -match '-ClassName (\w+)') {
            return $Matches[1]
        }
    }
    return $null
}

# What a piece of code reads of a variable: its members, and what Get-AsrProperty is asked for.
function Get-PropertyRead {
    param($Ast, [string]$Variable)
    foreach ($member in (Find-Nodes -Ast $Ast -Kind 'MemberExpressionAst')) {
        if ($member.Expression.Extent.Text -eq $Variable) {
            $member.Member.Extent.Text
        }
    }
    foreach ($command in (Find-Nodes -Ast $Ast -Kind 'CommandAst')) {
        if ($command.Extent.Text -match "^Get-AsrProperty -Object (\S+) -Name '(\w+)'$" -and $Matches[1] -eq $Variable) {
            $Matches[2]
        }
    }
}

# Every property of a CIM class that a function reads or filters by; the variable holds what Get-CimInstance returned.
function Get-CimRead {
    param($Function)
    $class = Get-CimClass -Ast $Function
    if ($null -eq $class) {
        return
    }
    $read = @(foreach ($loop in (Find-Nodes -Ast $Function -Kind 'ForEachStatementAst')) {
            if ($null -ne (Get-CimClass -Ast $loop.Condition)) {
                Get-PropertyRead -Ast $loop.Body -Variable $loop.Variable.Extent.Text
            }
        }
        foreach ($assignment in (Find-Nodes -Ast $Function -Kind 'AssignmentStatementAst')) {
            if ($null -ne (Get-CimClass -Ast $assignment.Right)) {
                Get-PropertyRead -Ast $Function -Variable $assignment.Left.Extent.Text
            }
        })
    $filtered = @(foreach ($text in (Find-Nodes -Ast $Function -Kind 'StringConstantExpressionAst')) {
            if ($text.Value -match "^(\w+)='?$") {
                $Matches[1]
            }
        })
    @{ class = $class; properties = @($read + $filtered | Sort-Object -Unique); read = $read.Length }
}

# The members of the objects that a stand-in returns for each class, by the switch over $ClassName.
function Get-CimMade {
    param($Ast)
    foreach ($switch in (Find-Nodes -Ast $Ast -Kind 'SwitchStatementAst')) {
        if ($switch.Condition.Extent.Text -ne '$ClassName') {
            continue
        }
        foreach ($clause in $switch.Clauses) {
            foreach ($made in (Find-Nodes -Ast $clause.Item2 -Kind 'ConvertExpressionAst')) {
                if ($made.Type.Extent.Text -eq '[pscustomobject]') {
                    @{ class = $clause.Item1.Value; properties = @($made.Child.KeyValuePairs | ForEach-Object { $_.Item1.Extent.Text }) }
                }
            }
        }
    }
}

$found = foreach ($file in (Get-ChildItem -Path $Folder -Recurse | Where-Object { $_.Extension -eq '.ps1' -or $_.Extension -eq '.psm1' })) {
    $errors = $null
    $tokens = $null
    $ast = [System.Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref]$tokens, [ref]$errors)
    $commands = foreach ($command in (Find-Nodes -Ast $ast -Kind 'CommandAst')) {
        $parameters = @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object { $_.ParameterName })
        $text = @($command.CommandElements | ForEach-Object { $_.Extent.Text }) -join ' '
        @{ name = [string]$command.GetCommandName(); parameters = $parameters; text = $text }
    }
    $defined = Find-Nodes -Ast $ast -Kind 'FunctionDefinitionAst'
    $functions = foreach ($function in $defined) {
        $block = $function.Body.ParamBlock
        $names = @()
        if ($null -ne $block) {
            $names = @($block.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath })
        }
        @{ name = $function.Name; parameters = $names }
    }
    @{
        file = $file.FullName.Substring($Folder.Length + 1).Replace('\', '/')
        errors = @($errors | ForEach-Object { $_.Message })
        tokens = @($tokens | ForEach-Object { $_.Kind.ToString() } | Sort-Object -Unique)
        numbers = @($tokens | Where-Object { $_.Kind -eq 'Number' } | ForEach-Object { $_.Text } | Sort-Object -Unique)
        commands = @($commands)
        members = @(Find-Nodes -Ast $ast -Kind 'InvokeMemberExpressionAst' | ForEach-Object { $_ } | ForEach-Object { $_.Member.Extent.Text })
        nodes = @(Find-Nodes -Ast $ast -Kind 'Ast' | ForEach-Object { $_ } | ForEach-Object { $_.GetType().Name } | Sort-Object -Unique)
        texts = @(Find-Nodes -Ast $ast -Kind 'ExpandableStringExpressionAst' | ForEach-Object { $_ } | ForEach-Object { $_.Extent.Text })
        functions = @($functions)
        cimReads = @($defined | ForEach-Object { Get-CimRead -Function $_ })
        cimMade = @(Get-CimMade -Ast $ast)
        exported = @(Find-Nodes -Ast $ast -Kind 'CommandAst' | ForEach-Object { $_ } | Where-Object { $_.GetCommandName() -eq 'Export-ModuleMember' } | ForEach-Object { $_.Extent.Text -replace '^.*-Function ', '' -split ', ' })
    }
}
[Console]::Out.WriteLine((ConvertTo-Json -InputObject @($found) -Depth 8 -Compress))
